using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Forwarding;
using EarlyWarning.Store.Faults;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>Tells what the whole suite runs: this process, and what the others say of themselves.</summary>
internal sealed class SuiteInfo(ServerInfo own, LiveProcesses processes, PeerSurvey? peers = null)
{
    /// <summary>Gets it; of this process alone where another one asks.</summary>
    public async Task<GetServerInfoResponse> GetAsync(GetServerInfoRequest request, ServerCallContext context)
    {
        var info = own.Tell();
        if (PeerConnection.Is(context.GetHttpContext()))
        {
            return info;
        }

        try
        {
            var live = await processes.ListAsync(context.CancellationToken);
            InfoMerge.Add(
                info,
                live,
                peers is null
                    ? []
                    : await peers.AskAsync(
                        (server, call) => server.GetServerInfoAsync(request, call),
                        PeerSurvey.Deadline,
                        context.CancellationToken
                    )
            );
        }
        catch (StoreUnavailableException)
        {
            // Which processes there are is not known, and none is listed.
        }

        return info;
    }
}
