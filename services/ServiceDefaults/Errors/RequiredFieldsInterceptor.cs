using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>Refuses a request that lacks what the contract requires, naming all of it at once, before any service looks at it.</summary>
internal sealed class RequiredFieldsInterceptor : Interceptor
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
        if (request is not IMessage message || RequiredFields.ViolationsOf(message) is not { Count: > 0 } missing)
        {
            return;
        }

        throw Fault.Fields(
            V1.ErrorReason.FieldMissing,
            missing[0].Message + (missing.Count == 1 ? "" : $" {missing.Count - 1} more: see the field violations."),
            missing
        );
    }
}
