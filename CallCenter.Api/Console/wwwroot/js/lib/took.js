// How long an instance that has ended took, in milliseconds: without the time that it lay failed, where the host knows that.
export const took = ({ duration, createdAt, lastUpdatedAt }) =>
  (typeof duration === 'number' ? 1000 * duration : Date.parse(lastUpdatedAt) - Date.parse(createdAt));
