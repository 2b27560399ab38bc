import promises from "./promises.js";
export const { recv, recv_str, recv_int, recv_bigint, recv_multipart, recv_into, send, send_multipart, messages } = promises;
