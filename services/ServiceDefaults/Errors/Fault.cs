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

    private static readonly Dictionary<V1.ErrorReason, string> s_names = V1
        .ErrorReasonReflection.Descriptor.EnumTypes[0]
        .Values.ToDictionary(value => (V1.ErrorReason)value.Number, value => value.Name["ERROR_REASON_".Length..]);

    /// <summary>An error with a reason and a sentence that says what to do.</summary>
    /// <param name="code">The status.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="message">What is wrong and how to put it right.</param>
    /// <param name="metadata">The values that the message speaks of, by the keys that the reason's comment has.</param>
    public static RpcException Of(StatusCode code, V1.ErrorReason reason, string message, params (string Key, string Value)[] metadata) =>
        Make(code, reason, message, [], metadata);

    /// <summary>INVALID_ARGUMENT (or another code) that names the field at fault, in the metadata too.</summary>
    public static RpcException Field(
        V1.ErrorReason reason,
        string field,
        string message,
        StatusCode code = StatusCode.InvalidArgument,
        params (string Key, string Value)[] metadata
    ) => Make(code, reason, message, [new() { Field = field, Description = message }], [("field", field), .. metadata]);

    /// <summary>INVALID_ARGUMENT that names several fields at once, the first in the metadata too.</summary>
    public static RpcException Fields(
        V1.ErrorReason reason,
        string message,
        IEnumerable<(string Field, string Message)> violations,
        params (string Key, string Value)[] metadata
    )
    {
        var all = violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Message }).ToList();
        return Make(StatusCode.InvalidArgument, reason, message, all, all.Count > 0 ? [("field", all[0].Field), .. metadata] : metadata);
    }

    /// <summary>NOT_FOUND for a resource name.</summary>
    public static RpcException NotFound(string name) =>
        Of(
            StatusCode.NotFound,
            V1.ErrorReason.NotFound,
            $"There is no '{name}'. Check the name, or list what there is.",
            ("resource", name)
        );

    /// <summary>ABORTED for an etag that is not the present one.</summary>
    /// <param name="field">The field that has the etag.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="present">The present etag.</param>
    public static RpcException Stale(string field, string name, string present) =>
        Field(V1.ErrorReason.EtagMismatch, field, StaleWords(name, present), StatusCode.Aborted, ("resource", name), ("etag", present));

    /// <summary>What is said of an etag that is not the present one.</summary>
    public static string StaleWords(string name, string present) =>
        $"{name} has changed since it was read: its etag is now '{present}'. Read it again, then decide whether to send the same with "
        + $"that.";

    private static RpcException Make(
        StatusCode code,
        V1.ErrorReason reason,
        string message,
        IEnumerable<BadRequest.Types.FieldViolation> violations,
        IEnumerable<(string Key, string Value)> metadata
    )
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = Trailers.Fit(message, Trailers.MessageBytes) };
        if (Trailers.Fit(violations) is { FieldViolations.Count: > 0 } bad)
        {
            status.Details.Add(Any.Pack(bad));
        }

        Trailers.Add(status, new() { Domain = Domain, Reason = NameOf(reason) }, metadata);
        return status.ToRpcException();
    }
}
