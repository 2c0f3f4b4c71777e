namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>How a receiver lives: what it answers, and what it says of itself.</summary>
internal static class ReceiverLife
{
    /// <summary>Answers with a status, and with <c>Retry-After</c> where one is given.</summary>
    public static void Always(this WebhookReceiver receiver, int status, string retryAfter = "") =>
        receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            if (retryAfter.Length > 0)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return Task.CompletedTask;
        };

    /// <summary>Tears the connection down without an answer.</summary>
    public static void Resets(this WebhookReceiver receiver) =>
        receiver.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

    /// <summary>Takes a request and answers nothing until the result is set.</summary>
    public static TaskCompletionSource Hangs(this WebhookReceiver receiver)
    {
        TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = (_, _) => hanging.Task;
        return hanging;
    }
}
