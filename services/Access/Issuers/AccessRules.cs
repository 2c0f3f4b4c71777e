using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Issuers;

/// <summary>What a file says of callers whom others vouch for: an issuer's token, or a certificate. Immutable.</summary>
/// <param name="Issuers">Whose tokens are taken.</param>
/// <param name="Grants">Who may what.</param>
internal sealed record AccessRules(IReadOnlyList<Issuer> Issuers, IReadOnlyList<MatchedGrant> Grants)
{
    /// <summary>What stands behind the names of certificates that have an <c>@</c> themselves, and so behind no issuer's.</summary>
    public const string OfCertificates = "certificate";

    /// <summary>Gets rules by which nobody is let in.</summary>
    public static AccessRules Nobody { get; } = new([], []);

    /// <summary>What the bearer of an issuer's token may, roles in the order of the file.</summary>
    public IReadOnlyList<Grant> GrantsOf(Issuer issuer, TokenClaims claims) =>
        [.. Grants.Where(grant => grant.Match.Meets(issuer, claims)).SelectMany(grant => grant.Roles).Distinct()];

    /// <summary>What whoever shows a certificate of a name may.</summary>
    public IReadOnlyList<Grant> GrantsOfCertificate(string name) =>
        [
            .. Grants
                .Where(grant => grant.Match.Certificate.Length > 0 && grant.Match.Certificate == name)
                .SelectMany(grant => grant.Roles)
                .Distinct(),
        ];
}

/// <summary>Roles of whoever meets a match. Immutable.</summary>
internal sealed record MatchedGrant(CallerMatch Match, IReadOnlyList<Grant> Roles);

/// <summary>Whom a grant is for: a subject of an issuer, whoever has a claim of it, or a certificate. Immutable.</summary>
/// <param name="Issuer">The issuer's URL; empty for a certificate.</param>
/// <param name="Subject">The token's <c>sub</c>; empty where a claim decides.</param>
/// <param name="Claim">The claim's name, or its path within the token with dots; empty where the subject decides.</param>
/// <param name="Value">What the claim is, or has among its values.</param>
/// <param name="Certificate">The certificate's name; empty for a token.</param>
internal sealed record CallerMatch(string Issuer, string Subject, string Claim, string Value, string Certificate)
{
    /// <summary>Whether a token is of somebody whom the grant is for.</summary>
    public bool Meets(Issuer issuer, TokenClaims claims) =>
        Certificate.Length == 0 && Issuer == issuer.Url && (Subject.Length > 0 ? claims.Text("sub") == Subject : claims.Has(Claim, Value));
}
