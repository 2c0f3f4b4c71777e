using System.Text.Json;

namespace EarlyWarning.Access.Admission;

/// <summary>A feature of a call: by what its caller was let in, so that the same can be asked again of the rules in force.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Of">The id of a key, the address of an issuer, or the name of a certificate.</param>
/// <param name="Claims">What an issuer says of the caller; empty for others.</param>
/// <param name="Ends">Until when it holds.</param>
internal sealed record ViewerProof(ProofKind Kind, string Of, string Claims, DateTimeOffset Ends)
{
    /// <summary>Writes it.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Reads one; <see langword="null"/> where it is none.</summary>
    public static ViewerProof? Read(string text) => JsonSerializer.Deserialize<ViewerProof>(text);
}

/// <summary>By what somebody was let in.</summary>
internal enum ProofKind
{
    /// <summary>A key.</summary>
    Key,

    /// <summary>What an issuer says, in a token or a session.</summary>
    Token,

    /// <summary>A certificate that the suite's CA signed.</summary>
    Certificate,
}
