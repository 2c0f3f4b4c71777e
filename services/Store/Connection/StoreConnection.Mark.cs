using EarlyWarning.Store.Embedded;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Connection;

/// <content>The mark by which the embedded store is known to have come back whole.</content>
public sealed partial class StoreConnection
{
    private const int RecoveryAttempts = 3;
    private const int ReadAttempts = 200;
    private Witness? _witness;

    /// <summary>Writes a small value durably, and for the embedded store remembers beside it that this was acknowledged.</summary>
    internal async Task MarkAsync(DateTimeOffset now)
    {
        var mark = _witness?.Next(now) ?? now.ToUnixTimeMilliseconds();
        await RunAsync(db => db.StringSetAsync(Witness.Key, mark));
        try
        {
            _witness?.Keep(mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file keeps an earlier mark, which proves less. Whether the store itself can write, it has just said.
            LogNoMark(_logger, exception.Message);
        }
    }

    /// <summary>
    /// Makes sure that the embedded store has come back with everything up to its last mark. A recovery that ended early is tried again, because
    /// nothing has been written since; one that ends early each time is refused.
    /// </summary>
    private async Task CheckMarkAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; _witness is { Newest: > 0 } witness; attempt++)
        {
            var found = await ReadMarkAsync(cancellationToken);
            if (found >= witness.Newest)
            {
                return;
            }

            // Disposed without a checkpoint, which would make the earlier state the one that counts.
            LogIncomplete(_logger, _folder!.Path, found, witness.Newest);
            _server?.Dispose();
            _server = null;
            if (attempt == RecoveryAttempts)
            {
                throw new StoreStartException(
                    $"The data folder {_folder.Path} comes back without what it had acknowledged (its mark is {found} and was {witness.Newest}). Nothing in it was changed: restore it from a backup, or report this with the folder.");
            }

            _server = EmbeddedServer.Start(_folder.Path, _endpoint!, _password!, Options, _loggers);
        }
    }

    private async Task<long> ReadMarkAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (long)await Database.StringGetAsync(Witness.Key);
            }
            catch (Exception exception) when (IsUnavailability(exception) && attempt < ReadAttempts)
            {
                // The connection finds a server that was started anew by itself, soon.
                await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
            }
        }
    }

    [LoggerMessage(1008, LogLevel.Error, "The embedded store in {Folder} came back with mark {Found}, and {Acknowledged} was acknowledged: it is recovered again")]
    private static partial void LogIncomplete(ILogger logger, string folder, long found, long acknowledged);

    [LoggerMessage(1009, LogLevel.Warning, "The mark beside the store could not be kept: {Why}")]
    private static partial void LogNoMark(ILogger logger, string why);
}
