using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.Store.Committing;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>
/// Answers what runs, under which limits, and whether the way of a warning works. Every process answers for the whole suite, by asking the
/// others; one that another asks answers for itself.
/// </summary>
internal sealed partial class ServerService(
    SuiteInfo info,
    StatusReader status,
    StoreChecks checks,
    SuiteStore store,
    IArming arming,
    TimeProvider time
) : V1.ServerService.ServerServiceBase
{
    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context) =>
        info.GetAsync(request, context);

    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) =>
        status.ReadAsync(request, context);
}
