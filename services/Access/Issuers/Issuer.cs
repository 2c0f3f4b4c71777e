namespace EarlyWarning.Access.Issuers;

/// <summary>Whose tokens are taken. Immutable.</summary>
/// <param name="Url">The issuer as its discovery document and its tokens name it, but for a slash at the end.</param>
/// <param name="Audience">Which audience a token must be for.</param>
/// <param name="NameClaim">
/// The claim by which a caller is called; <see langword="null"/> for <c>preferred_username</c>, or <c>sub</c> where that is absent.
/// </param>
/// <param name="Algorithms">By which algorithms a token may be signed, each asymmetric.</param>
/// <param name="KnownAs">What stands behind the names of its callers on record; no other issuer's.</param>
/// <param name="SignIn">How people sign in to the board; <see langword="null"/> where they do not by this issuer.</param>
internal sealed record Issuer(
    string Url,
    string Audience,
    string? NameClaim,
    IReadOnlyList<string> Algorithms,
    string KnownAs,
    SignIn? SignIn
)
{
    /// <summary>How far the issuer's clock and the suite's may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    /// <summary>Gets the algorithms that an issuer may sign by: none that is symmetric, and never <c>none</c>.</summary>
    public static IReadOnlyList<string> AllAlgorithms { get; } =
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Gets whether nothing of it leaves the machine.</summary>
    public bool IsLoopback => new Uri(Url).IsLoopback;

    /// <summary>Whether two are the same, algorithms by content.</summary>
    public bool Equals(Issuer? other) =>
        other is not null
        && Url == other.Url
        && Audience == other.Audience
        && NameClaim == other.NameClaim
        && KnownAs == other.KnownAs
        && SignIn == other.SignIn
        && Algorithms.SequenceEqual(other.Algorithms);

    /// <inheritdoc/>
    public override int GetHashCode() => Url.GetHashCode(StringComparison.Ordinal);
}

/// <summary>How the suite is known to an issuer where people sign in. Immutable.</summary>
/// <param name="ClientId">The client's id there.</param>
/// <param name="SecretVariable">The environment variable with the client's secret; empty for none.</param>
/// <param name="SecretFile">The file with the client's secret; empty for none. Without either the client is a public one.</param>
internal sealed record SignIn(string ClientId, string SecretVariable, string SecretFile)
{
    /// <summary>Reads the secret as it is now; <see langword="null"/> where the client has none.</summary>
    /// <exception cref="InvalidDataException">It is not where it should be.</exception>
    public string? ReadSecret()
    {
        var secret =
            SecretVariable.Length > 0 ? Environment.GetEnvironmentVariable(SecretVariable)
            : SecretFile.Length > 0 ? ReadFile()
            : null;
        return string.IsNullOrWhiteSpace(secret) && SecretVariable.Length + SecretFile.Length > 0
            ? throw new InvalidDataException(
                SecretVariable.Length > 0 ? $"The environment variable {SecretVariable} is not set." : $"The file {SecretFile} is empty."
            )
            : secret?.Trim();
    }

    private string ReadFile()
    {
        try
        {
            return File.ReadAllText(SecretFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The file {SecretFile} cannot be read: {exception.Message}", exception);
        }
    }
}
