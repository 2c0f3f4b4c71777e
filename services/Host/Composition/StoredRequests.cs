using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.Store.Requests;

namespace EarlyWarning.Host.Composition;

/// <summary>Answers to writes, from the store's table of them.</summary>
internal sealed class StoredRequests(RequestTable table) : IRequestLog
{
    public async Task<KeptAnswer?> FindAsync(string caller, string id, CancellationToken cancellationToken) =>
        await table.FindAsync(caller, id, cancellationToken) is { } kept
            ? new(kept.Mark.Method, kept.Mark.Content, kept.Reached.Length == 0 ? kept.Answer : null)
            : null;

    public Task KeepAsync(string mark, byte[] answer, CancellationToken cancellationToken) =>
        table.KeepAsync(mark, answer, cancellationToken);
}
