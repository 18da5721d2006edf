namespace CallCenter.Runtime.Storage.Index;

/// <summary>What the index needs to know of an instance beside its number. It never changes.</summary>
/// <param name="Hash">The hash of its id.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
/// <param name="Name">The number of its name in the <see cref="NameTable"/> that belongs to the place where this is kept.</param>
/// <param name="Search">Its <see cref="SearchEntry"/>, which the index takes over; empty where it is not known, or is there already.</param>
internal readonly record struct Identity(IdHash Hash, DateTime CreatedAt, int Name, ReadOnlyMemory<byte> Search = default);
