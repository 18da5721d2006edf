using System.Data.Common;

namespace CallCenter.Assignments;

/// <summary>What differs between the databases; everything else is the same SQL.</summary>
internal abstract class Database(DbDataSource source) : IAsyncDisposable, IDisposable
{
    /// <summary>The database's name for messages: where it is, and no password.</summary>
    public abstract string Name { get; }

    /// <summary>Answers a row when the tables are there: making them may take more rights than using them does.</summary>
    public abstract string TablesExist { get; }

    /// <summary>Makes the tables.</summary>
    public abstract string CreateTables { get; }

    /// <summary>A connection that is ready for use.</summary>
    public virtual async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await source.OpenConnectionAsync(cancellation);

    /// <summary>A transaction that no other assignment goes on beside: two of them would choose the same employee as the least loaded.</summary>
    public abstract Task<DbTransaction> BeginAloneAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>A point in time as the database keeps it.</summary>
    public abstract object Moment(DateTimeOffset time);

    public virtual void Dispose() => source.Dispose();

    public virtual ValueTask DisposeAsync() => source.DisposeAsync();
}
