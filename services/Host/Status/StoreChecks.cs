using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Options;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Invariants;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>Holds the store to what the suite's services promise of it.</summary>
internal sealed class StoreChecks(IEnumerable<IInvariant> invariants, LiveProcesses processes, PeerSurvey? peers = null)
{
    /// <summary>Checks them, those of other processes too unless one of them asks.</summary>
    /// <exception cref="RpcException">Not all could be checked.</exception>
    public async Task<CheckStoreResponse> RunAsync(CheckStoreRequest request, ServerCallContext context)
    {
        var asked = PeerSurvey
            .Of(peers, context)
            ?.AskAsync((server, call) => server.CheckStoreAsync(request, call), context.Deadline, context.CancellationToken);
        var response = new CheckStoreResponse();
        foreach (var invariant in invariants)
        {
            // Folding is work for the processor: no thread of those who serve others.
            var check = await Task.Run(() => invariant.CheckAsync(context.CancellationToken), context.CancellationToken);
            response.Checks.Add(
                new V1.InvariantCheck
                {
                    Promise = invariant.Promise,
                    Looked = check.Looked,
                    Violations = { check.Violations },
                }
            );
        }

        if (asked is not null)
        {
            await AddAsync(response, await asked, context.CancellationToken);
        }

        return response;
    }

    /// <summary>Adds what other services promise. A promise that several processes keep is looked at by each, and stands once.</summary>
    private async Task AddAsync(
        CheckStoreResponse response,
        IReadOnlyList<PeerAnswer<CheckStoreResponse>> answers,
        CancellationToken cancellationToken
    )
    {
        foreach (var answer in answers)
        {
            foreach (
                var check in answer.Answer?.Checks
                    ?? throw Fault.Of(
                        StatusCode.Unavailable,
                        ErrorReason.ServiceNotRunning,
                        $"The process at {answer.Process.Peer} did not look at what it promises, so not everything was checked. "
                            + $"{answer.Fault} Ask again."
                    )
            )
            {
                if (response.Checks.FirstOrDefault(known => known.Promise == check.Promise) is not { } known)
                {
                    response.Checks.Add(check);
                }
                else if (known.Violations.Count < check.Violations.Count)
                {
                    response.Checks[response.Checks.IndexOf(known)] = check;
                }
            }
        }

        var live = await processes.ListAsync(cancellationToken);
        if (ServiceNames.Services.FirstOrDefault(name => !live.Any(process => process.Services.Contains(name))) is { } missing)
        {
            throw Fault.Of(
                StatusCode.Unavailable,
                ErrorReason.ServiceNotRunning,
                $"No process of the suite runs {missing} now, so what it promises was not checked. Start one with --services {missing}, "
                    + $"then ask again.",
                ("service", missing)
            );
        }
    }
}
