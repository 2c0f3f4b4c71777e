using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>Makes the errors that callers see: a status, an ErrorInfo with the reason, and the field at fault.</summary>
public static class Fault
{
    /// <summary>The domain of every ErrorInfo.</summary>
    public const string Domain = "earlywarning.v1";

    /// <summary>The reason as callers see it: the enum value without its prefix, such as <c>UNKNOWN_INDICATOR</c>.</summary>
    public static string NameOf(V1.ErrorReason reason) => s_names[reason];

    private static readonly Dictionary<V1.ErrorReason, string> s_names = V1.ErrorReasonReflection.Descriptor.EnumTypes[0].Values
        .ToDictionary(value => (V1.ErrorReason)value.Number, value => value.Name["ERROR_REASON_".Length..]);

    /// <summary>An error with a reason and a sentence that says what to do.</summary>
    public static RpcException Of(StatusCode code, V1.ErrorReason reason, string message) => Make(code, reason, message, []);

    /// <summary>INVALID_ARGUMENT (or another code) that names the field at fault.</summary>
    public static RpcException Field(V1.ErrorReason reason, string field, string message, StatusCode code = StatusCode.InvalidArgument)
        => Make(code, reason, message, [new() { Field = field, Description = message }]);

    /// <summary>INVALID_ARGUMENT that names several fields at once.</summary>
    public static RpcException Fields(V1.ErrorReason reason, string message, IEnumerable<(string Field, string Message)> violations)
        => Make(StatusCode.InvalidArgument, reason, message,
            violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Message }));

    /// <summary>NOT_FOUND for a resource name.</summary>
    public static RpcException NotFound(string name)
        => Of(StatusCode.NotFound, V1.ErrorReason.NotFound, $"There is no '{name}'. Check the name, or list what there is.");

    private static RpcException Make(
        StatusCode code, V1.ErrorReason reason, string message, IEnumerable<BadRequest.Types.FieldViolation> violations)
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = Trailers.Fit(message, Trailers.MessageBytes),
            Details = { Any.Pack(new ErrorInfo { Domain = Domain, Reason = NameOf(reason) }) },
        };
        if (Trailers.Fit(violations) is { FieldViolations.Count: > 0 } bad)
        {
            status.Details.Add(Any.Pack(bad));
        }

        return status.ToRpcException();
    }
}
