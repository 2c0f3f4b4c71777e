using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>What a call of the matrix was answered.</summary>
/// <param name="Error">The error; <see langword="null"/> where it was served, or a watch stayed open.</param>
/// <param name="Text">The answer as JSON.</param>
internal sealed record RoleAnswer(RpcException? Error, string Text)
{
    /// <summary>Gets the reason of the error; empty where there is none.</summary>
    public string Reason => Error?.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? "";
}

/// <summary>Calls any rpc of the contract by its descriptor, with a request that lacks nothing that is required.</summary>
internal static class RoleCall
{
    private static readonly TimeSpan s_listen = TimeSpan.FromSeconds(1);

    public static async Task<RoleAnswer> SendAsync(
        GrpcChannel channel,
        MethodDescriptor method,
        IMessage request,
        string key,
        CancellationToken cancellationToken
    )
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (true, _) => MethodType.DuplexStreaming,
            (_, true) => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var call = new Method<IMessage, IMessage>(
            type,
            method.Service.FullName,
            method.Name,
            Marshaller(method.InputType.Parser),
            Marshaller(method.OutputType.Parser)
        );
        var options = new CallOptions(
            new Metadata { { "authorization", $"Bearer {key}" } },
            DateTime.UtcNow.AddSeconds(60),
            cancellationToken
        );
        var invoker = channel.CreateCallInvoker();
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    return new(null, Json(await invoker.AsyncUnaryCall(call, null, options, request)));
                case MethodType.ServerStreaming:
                    using (var watch = invoker.AsyncServerStreamingCall(call, null, options, request))
                    {
                        // Who is let in is told so at once, and maybe nothing more for long; who is refused is told why with it.
                        await watch.ResponseHeadersAsync;
                        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                        listening.CancelAfter(s_listen);
                        return new(null, await watch.ResponseStream.MoveNext(listening.Token) ? Json(watch.ResponseStream.Current) : "");
                    }

                default:
                    using (var stream = invoker.AsyncDuplexStreamingCall(call, null, options))
                    {
                        // One that is refused meanwhile cannot be written to; its end says why.
                        await stream
                            .RequestStream.WriteAsync(request, cancellationToken)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        return new(
                            null,
                            await stream.ResponseStream.MoveNext(cancellationToken) ? Json(stream.ResponseStream.Current) : ""
                        );
                    }
            }
        }
        catch (RpcException exception)
        {
            // A watch that was let in and has nothing to say yet.
            return new(type == MethodType.ServerStreaming && exception.StatusCode == StatusCode.Cancelled ? null : exception, "");
        }
    }

    /// <summary>A request with all that the contract requires in it.</summary>
    public static IMessage Fill(MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(RequiredFields.IsRequired))
        {
            if (field.IsRepeated)
            {
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(ValueOf(field));
            }
            else
            {
                field.Accessor.SetValue(message, ValueOf(field));
            }
        }

        return message;
    }

    private static object ValueOf(FieldDescriptor field) =>
        field.FieldType switch
        {
            FieldType.Message => Fill(field.MessageType),
            FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 1),
            FieldType.Double => 1.0,
            FieldType.Int32 => 1,
            FieldType.Int64 => 1L,
            FieldType.UInt64 => 1UL,
            FieldType.Bool => true,
            _ => "one",
        };

    private static string Json(IMessage message) => JsonFormatter.Default.Format(message);

    private static Marshaller<IMessage> Marshaller(MessageParser parser) =>
        Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
}
