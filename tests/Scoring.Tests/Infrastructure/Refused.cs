using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>Expects that a call is refused.</summary>
internal static class Refused
{
    /// <summary>Expects INVALID_ARGUMENT with a reason and a field.</summary>
    public static async Task AtAsync(string field, string reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((StatusCode.InvalidArgument, reason), (error.StatusCode, ReasonOf(error)));
        Assert.Contains(field, error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    /// <summary>Expects another status with a reason.</summary>
    public static async Task WithAsync(StatusCode status, string reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((status, reason), (error.StatusCode, ReasonOf(error)));
    }

    private static string ReasonOf(RpcException error) => error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason;
}
