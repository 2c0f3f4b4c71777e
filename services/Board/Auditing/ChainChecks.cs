using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Board.Auditing;

/// <summary>
/// The last check of the record's chain. It reads all of the record and answers the same to everybody who may ask, so that those who open
/// the page within a minute share one. Thread-safe.
/// </summary>
internal sealed class ChainChecks(SuiteClient suite, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private (Task<VerifyAuditResponse> Answer, DateTimeOffset At)? _last;

    /// <summary>Whether the record is whole, and when that was asked.</summary>
    /// <param name="viewer">Who looks, and may see how the suite stands.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">The suite does not answer.</exception>
    public async Task<(VerifyAuditResponse Answer, DateTimeOffset At)> GetAsync(IViewer viewer, CancellationToken cancellationToken)
    {
        Task<VerifyAuditResponse> answer;
        DateTimeOffset at;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_last is not { } last || (last.Answer.IsCompleted && (last.Answer.IsFaulted || now - last.At >= s_fresh)))
            {
                // Not in the name of one page: it goes on where that is closed.
                _last = last = (Task.Run(() => AskAsync(viewer), CancellationToken.None), now);
            }

            (answer, at) = last;
        }

        return (await answer.WaitAsync(cancellationToken), at);
    }

    private async Task<VerifyAuditResponse> AskAsync(IViewer viewer) =>
        await suite.Audit.VerifyAuditAsync(new(), SuiteClient.Call(viewer).WithDeadline(SuiteClient.Deadline + s_patience));
}
