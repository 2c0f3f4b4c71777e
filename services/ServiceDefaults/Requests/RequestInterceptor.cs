using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>
/// Recognises a write that is sent again under its <c>request_id</c>: the same content gets the first answer again and has no second
/// effect, other content is refused. What a handler commits keeps the answer in its own transaction, by the mark of
/// <see cref="RequestMarks.Of"/>; the answer of one
/// whose effect is the same however often it is asked for is kept here, after it. One that is refused leaves nothing behind.
/// </summary>
internal sealed class RequestInterceptor(RequestTurns turns, IRequestLog? log = null) : Interceptor
{
    private const string Field = "request_id";
    private const int LongestId = 100;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        if (log is null || IdOf(request) is not { Length: > 0 } id || OnlyChecks((IMessage)request))
        {
            return await continuation(request, context);
        }

        var caller = Caller.Of(context).Name;
        var content = RequestContent.Of((IMessage)request);
        using var turn = await turns.TakeAsync($"{caller}\n{id}", context.CancellationToken);

        // A store that is taken over, because it was lost or is another one, may have nothing that could be read.
        if (await (request is V1.ResumeStoreRequest ? FindSafelyAsync() : FindAsync()) is { } before)
        {
            return before;
        }

        var mark = $"{caller}\n{id}\n{context.Method}\n{content}";
        context.UserState[RequestMarks.Key] = mark;
        try
        {
            var response = await continuation(request, context);

            // What is kept is what is answered, now and later.
            return await FindAsync() ?? await KeepAsync(response);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Another process may have been first, or a commit whose outcome was not known has happened.
            if (await FindSafelyAsync() is { } kept)
            {
                return kept;
            }

            throw;
        }

        async Task<TResponse?> FindAsync()
        {
            // Whoever asked may have gone; what was done is recognised all the same.
            if (await log.FindAsync(caller, id, CancellationToken.None) is not { } kept)
            {
                return null;
            }

            if (kept.Method != context.Method || kept.Content != content)
            {
                throw Reused(id, kept, context.Method, content);
            }

            return kept.Answer is { } answer ? (TResponse)Read<TResponse>(answer) : null;
        }

        async Task<TResponse?> FindSafelyAsync()
        {
            try
            {
                return await FindAsync();
            }
#pragma warning disable CA1031 // What the write itself met is what its caller is told.
            catch (Exception exception) when (exception is not RpcException)
#pragma warning restore CA1031
            {
                return null;
            }
        }

        async Task<TResponse> KeepAsync(TResponse response)
        {
            await log.KeepAsync(mark, ((IMessage)response).ToByteArray(), CancellationToken.None);
            return response;
        }
    }

    private static string? IdOf(object request)
    {
        if (request is not IMessage message || message.Descriptor.FindFieldByName(Field)?.Accessor.GetValue(message) is not string id)
        {
            return null;
        }

        return id.Length <= LongestId && !id.Any(char.IsControl)
            ? id
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                Field,
                $"The id must have at most {LongestId} characters, none of them a control character."
            );
    }

    /// <summary>What only checks changes nothing that could be done twice.</summary>
    public static bool OnlyChecks(IMessage request) =>
        request.Descriptor.FindFieldByName("validate_only")?.Accessor.GetValue(request) is true;

    private static IMessage Read<T>(byte[] answer)
    {
        var read = (IMessage)Activator.CreateInstance<T>()!;
        read.MergeFrom(answer);
        return read;
    }

    private static RpcException Reused(string id, KeptAnswer kept, string method, string content)
    {
        var what =
            kept.Method == method
                ? $"the same call with other content; {string.Join(", ", RequestContent.Differences(kept.Content, content))} differ"
                : $"a call of {kept.Method[1..]}";
        return Fault.Field(
            V1.ErrorReason.RequestIdReused,
            Field,
            $"'{id}' is the id of {what}. Give each write an id of its own.",
            StatusCode.AlreadyExists,
            ("request_id", id),
            ("method", kept.Method[1..])
        );
    }
}
