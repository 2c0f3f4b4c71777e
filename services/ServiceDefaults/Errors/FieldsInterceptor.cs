using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Refuses a request that lacks what the contract requires, naming all of it at once, or has a text that no store takes, before any service
/// looks at it.
/// </summary>
internal sealed class FieldsInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        Check(request);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        Check(request);
        return continuation(request, responseStream, context);
    }

    private static void Check(object request)
    {
        if (request is not IMessage message)
        {
            return;
        }

        if (RequiredFields.ViolationsOf(message) is { Count: > 0 } missing)
        {
            throw Fault.Fields(
                V1.ErrorReason.FieldMissing,
                missing[0].Message + (missing.Count == 1 ? "" : $" {missing.Count - 1} more: see the field violations."),
                missing
            );
        }

        if (TextFields.NulIn(message) is { } field)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, $"{field} has the character U+0000, which no text has. Leave it out.");
        }
    }
}
