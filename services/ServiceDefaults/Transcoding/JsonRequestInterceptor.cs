using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Hands on the request that was read from JSON, with what the framework took from the path.</summary>
internal sealed class JsonRequestInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) => continuation(RequestOf(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) => continuation(RequestOf(request, context), responseStream, context);

    private static TRequest RequestOf<TRequest>(TRequest request, ServerCallContext context)
        where TRequest : class
    {
        if (context.GetHttpContext().Features.Get<JsonRequest>() is not { Message: TRequest read } json)
        {
            return request;
        }

        foreach (var variable in json.Route.Variables)
        {
            Take(variable, (IMessage)request, (IMessage)read);
        }

        return read;
    }

    private static void Take(FieldDescriptor[] variable, IMessage from, IMessage to)
    {
        foreach (var field in variable[..^1])
        {
            from = (IMessage)field.Accessor.GetValue(from);
            if (field.Accessor.GetValue(to) is not IMessage inner)
            {
                inner = JsonForm.Of(field.MessageType).Create();
                field.Accessor.SetValue(to, inner);
            }

            to = inner;
        }

        var (given, written) = ((string)variable[^1].Accessor.GetValue(from), (string)variable[^1].Accessor.GetValue(to));
        if (written.Length > 0 && written != given)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                string.Join('.', variable.Select(field => field.Name)),
                $"The path says '{Trailers.Echo(given)}' and the body '{Trailers.Echo(written)}'. Leave it out of the body, or write the "
                    + $"same."
            );
        }

        variable[^1].Accessor.SetValue(to, given);
    }
}
