using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Databases;

/// <summary>
/// Moves the write-ahead log into the file all the time, on a thread and a connection of its own, in the way that never makes a commit
/// wait.
/// </summary>
internal sealed partial class SqliteCheckpointer(string connectionString, string file, ILogger logger) : IAsyncDisposable
{
    /// <summary>Less than this is not worth a flush of the file.</summary>
    private const long Worth = 1 << 20;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _round = new();
    private Thread? _thread;
    private volatile bool _stopping;
    private volatile bool _anew;
    private string _said = "";

    /// <summary>The bytes of the log.</summary>
    public long LogBytes
    {
        get
        {
            FileInfo log = new(file + "-wal");
            return log.Exists ? log.Length : 0;
        }
    }

    /// <summary>Begins, or begins anew with a connection of its own to the file that is there now.</summary>
    public void Start()
    {
        _anew = true;
        if (_thread is null)
        {
            // Where the system has no thread left, there is none to wait for.
            var thread = new Thread(Run) { IsBackground = true, Name = "store checkpoints" };
            thread.Start();
            _thread = thread;
        }
    }

    /// <summary>
    /// Runs an action between two rounds, because what begins the log anew is refused beside one; not at all where a round takes longer
    /// than the patience.
    /// </summary>
    public void RunBetween(TimeSpan patience, Action action)
    {
        if (!_round.TryEnter(patience))
        {
            return;
        }

        try
        {
            action();
        }
        finally
        {
            _round.Exit();
        }
    }

    /// <summary>Something was committed.</summary>
    public void Wake() => _wake.Set();

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _wake.Set();
        if (_thread is { } thread)
        {
            await Task.Run(() => thread.Join(TimeSpan.FromSeconds(5)));
        }

        _wake.Dispose();
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        while (!_stopping)
        {
            _wake.WaitOne(TimeSpan.FromSeconds(1));
            if (_stopping || LogBytes < Worth)
            {
                continue;
            }

            if (_anew)
            {
                _anew = false;
                connection?.Dispose();
                connection = null;
            }

            try
            {
                connection ??= Open();
                using var command = connection.CreateCommand();
                command.CommandText = "pragma wal_checkpoint(passive)";
                lock (_round)
                {
                    command.ExecuteNonQuery();
                }

                _said = "";
            }
            catch (SqliteException exception)
            {
                // Nothing is lost: the log has everything, and the next round tries again, on a connection that knows of no failed flush.
                connection?.Dispose();
                connection = null;
                if (_said != exception.Message)
                {
                    _said = exception.Message;
                    LogCheckpointFailed(logger, file, exception.Message);
                }
            }
        }

        connection?.Dispose();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous = full";
        command.ExecuteNonQuery();
        return connection;
    }

    [LoggerMessage(1022, LogLevel.Warning, "The log of {File} could not be moved into it, and will be: {Reason}")]
    private static partial void LogCheckpointFailed(ILogger logger, string file, string reason);
}
