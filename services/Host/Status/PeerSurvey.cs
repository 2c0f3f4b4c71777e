using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Forwarding;
using EarlyWarning.Store.Processes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>Asks the suite's other processes for their part of an answer about the whole, all at once.</summary>
/// <param name="processes">The suite's processes.</param>
/// <param name="peers">Connects to them.</param>
internal sealed class PeerSurvey(LiveProcesses processes, PeerClient peers)
{
    // Longer than a source of the status may take: a process of which one does not answer is not taken for one that does not.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>Who else has to be asked: nobody where this process is alone, or another one asks.</summary>
    public static PeerSurvey? Of(PeerSurvey? peers, ServerCallContext context) =>
        PeerConnection.Is(context.GetHttpContext()) ? null : peers;

    /// <summary>
    /// When an answer has to be there for which a person waits: by the system's clock, which the transport goes by, though clocks disagree.
    /// </summary>
    public static DateTime Deadline => (TimeProvider.System.GetUtcNow() + s_patience).UtcDateTime;

    /// <summary>Asks every other process that lives.</summary>
    /// <param name="ask">Makes the call.</param>
    /// <param name="deadline">When each has to have answered; <see langword="null"/> for as long as the caller waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What each answered, in an order that stays the same; a fault for one that did not.</returns>
    public async Task<IReadOnlyList<PeerAnswer<T>>> AskAsync<T>(
        Func<V1.ServerService.ServerServiceClient, CallOptions, AsyncUnaryCall<T>> ask,
        DateTime? deadline,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var others = (await processes.ListAsync(cancellationToken)).Where(process =>
            process.Id != processes.Own && process.Peer.Length > 0
        );
        return await Task.WhenAll(others.OrderBy(process => process.Peer, StringComparer.Ordinal).Select(AskOneAsync));

        async Task<PeerAnswer<T>> AskOneAsync(SuiteProcess process)
        {
            try
            {
                using var channel = peers.Open(process);
                return new(process, await ask(new(channel), new(deadline: deadline, cancellationToken: cancellationToken)), "");
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                return new(
                    process,
                    null,
                    exception.StatusCode == StatusCode.DeadlineExceeded ? "It did not answer in time." : exception.Status.Detail
                );
            }
        }
    }
}

/// <summary>What a process answered.</summary>
/// <param name="Process">Which.</param>
/// <param name="Answer">Its answer; <see langword="null"/> where there is none.</param>
/// <param name="Fault">Why there is none; empty where there is.</param>
internal sealed record PeerAnswer<T>(SuiteProcess Process, T? Answer, string Fault)
    where T : class;
