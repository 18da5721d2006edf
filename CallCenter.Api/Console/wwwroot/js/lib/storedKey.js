// Where the API key of this tab is kept.
export const NAME = 'callcenter.key';

export const storedKey = () => sessionStorage.getItem(NAME);
