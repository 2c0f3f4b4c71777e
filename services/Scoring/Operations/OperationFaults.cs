using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Operations;

/// <summary>Says what an exception means to whoever started an operation, as the direct call would have said it.</summary>
internal sealed class OperationFaults(IEnumerable<FaultMapping> mappings, ILogger<OperationFaults> logger)
{
    /// <summary>The error of an operation that was cancelled.</summary>
    public static Google.Rpc.Status Cancelled(string by) =>
        StatusOf(
            Fault.Of(
                StatusCode.Cancelled,
                V1.ErrorReason.OperationCancelled,
                $"{by} cancelled the operation. Start it again where it is wanted."
            )
        );

    /// <summary>The error of an operation during which the suite was ended as often as may be.</summary>
    public static Google.Rpc.Status Abandoned(int attempts) =>
        StatusOf(
            Fault.Of(
                StatusCode.Aborted,
                V1.ErrorReason.OperationAbandoned,
                $"The suite was ended {attempts} times while it ran the operation, which is not begun again: it may be why, "
                    + "for want of memory. Make it smaller, or start it anew where the ends had another reason."
            )
        );

    /// <summary>The error of an operation whose result is too large.</summary>
    public static Google.Rpc.Status TooLarge(int bytes, int most) =>
        StatusOf(
            Fault.Of(
                StatusCode.ResourceExhausted,
                V1.ErrorReason.ResultTooLarge,
                $"The result has {bytes} bytes, and {most} are kept at the most. "
                    + "Ask for less, such as fewer countries, or make the call directly."
            )
        );

    /// <summary>The error that an exception stands for.</summary>
    public Google.Rpc.Status Of(Exception exception, string name)
    {
        var mapped = mappings.Select(mapping => mapping.Map(exception)).FirstOrDefault(mapped => mapped is not null);
        if ((exception as RpcException ?? mapped) is { } known)
        {
            return StatusOf(known);
        }

        if (exception is OperationCanceledException or TimeoutException)
        {
            return StatusOf(
                Fault.Of(
                    StatusCode.Unavailable,
                    V1.ErrorReason.StoreUnavailable,
                    "The suite did not answer itself in time. Start the same again, later."
                )
            );
        }

        logger.OperationFailed(name, exception);
        return StatusOf(
            Fault.Of(
                StatusCode.Internal,
                V1.ErrorReason.Internal,
                $"The suite failed in a way that it did not expect. Report it with the id {name}."
            )
        );
    }

    private static Google.Rpc.Status StatusOf(RpcException exception) =>
        exception.GetRpcStatus() ?? new() { Code = (int)exception.StatusCode, Message = exception.Status.Detail };
}
