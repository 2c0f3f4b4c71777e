namespace EarlyWarning.ServiceDefaults.Requests;

/// <summary>What was answered to writes under an id of their caller's choice (<c>request_id</c>). Durable and thread-safe.</summary>
public interface IRequestLog
{
    /// <summary>Finds what is kept under a caller's id; <see langword="null"/> where nothing is.</summary>
    Task<KeptAnswer?> FindAsync(string caller, string id, CancellationToken cancellationToken);

    /// <summary>Keeps an answer by itself, where its write has not kept it already.</summary>
    Task KeepAsync(string mark, byte[] answer, CancellationToken cancellationToken);
}

/// <summary>What is kept of a write.</summary>
/// <param name="Method">The full name of the rpc.</param>
/// <param name="Content">What the request said, as <see cref="RequestContent"/> has it.</param>
/// <param name="Answer">The response; <see langword="null"/> while a write of several steps has not come to its end.</param>
public sealed record KeptAnswer(string Method, string Content, byte[]? Answer);
