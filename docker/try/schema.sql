CREATE TABLE matters (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title        text,
  client_email text
);
