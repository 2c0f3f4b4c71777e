using System.Globalization;
using System.Text.Json;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EarlyWarning.Access.Issuers;

/// <summary>Checks tokens: of an issuer that is named, by a key that it publishes, for this suite, at this moment. Thread-safe.</summary>
internal sealed class TokenCheck(AccessFile file, TimeProvider time)
{
    private static readonly JsonWebTokenHandler s_handler = new();

    /// <summary>Checks a token as it was sent.</summary>
    /// <returns>Whose it is, or why it is refused.</returns>
    public async Task<(TokenCaller? Caller, RpcException? Refusal)> CheckAsync(string sent, CancellationToken cancellationToken)
    {
        if (Read(sent) is not { } token)
        {
            return Refused(
                "What the call has behind 'Bearer' is neither a key, which begins with 'ew_', nor a signed token. Send one of the two."
            );
        }

        if (file.InForce.Find(token.Issuer) is not { } found)
        {
            return Refused(
                $"The token is of the issuer '{Trailers.Echo(token.Issuer)}', which this suite does not know. "
                    + "Ask whoever runs it by which issuer you are known."
            );
        }

        if (!found.Issuer.Algorithms.Contains(token.Alg))
        {
            return Refused(
                token.Alg is null or "" or "none"
                    ? "The token is not signed. Send one as its issuer made it."
                    : $"The token is signed by '{Trailers.Echo(token.Alg)}'; tokens of {found.Issuer.Url} are taken by "
                        + $"{string.Join(", ", found.Issuer.Algorithms)}."
            );
        }

        if (await found.Keys.FindAsync(cancellationToken) is not { } published)
        {
            return (null, Away(found.Issuer));
        }

        if (NeedsOtherKeys(token, published))
        {
            await found.Keys.RefreshAsync(cancellationToken);
            published = found.Keys.Last!;
        }

        var result = await s_handler.ValidateTokenAsync(token, ParametersFor(found.Issuer, published, token));
        return result.IsValid ? Judge(found.Issuer, token) : Refused(WordsOf(result.Exception, token, found));
    }

    /// <summary>The issuer was never reached, so nobody can say whether its tokens are good.</summary>
    public static RpcException Away(Issuer issuer) =>
        Fault.Of(
            StatusCode.Unavailable,
            ErrorReason.IssuerUnavailable,
            $"The issuer {issuer.Url} cannot be reached, and its keys were not read before, so nobody can be known by it yet. Send the "
                + $"same again in 10 s, then less often; the suite goes on trying."
        );

    private static JsonWebToken? Read(string sent)
    {
        try
        {
            return s_handler.ReadJsonWebToken(sent);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool NeedsOtherKeys(JsonWebToken token, OpenIdConnectConfiguration published) =>
        !string.IsNullOrEmpty(token.Kid) && published.SigningKeys.All(key => key.KeyId != token.Kid);

    private static TokenValidationParameters ParametersFor(Issuer issuer, OpenIdConnectConfiguration published, JsonWebToken token) =>
        new()
        {
            ValidIssuer = published.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = issuer.Algorithms,
            IssuerSigningKeys = published.SigningKeys,
            TryAllIssuerSigningKeys = string.IsNullOrEmpty(token.Kid),
            RequireSignedTokens = true,

            // Judged by the suite's clock, in words that say both times.
            ValidateLifetime = false,
        };

    private (TokenCaller? Caller, RpcException? Refusal) Judge(Issuer issuer, JsonWebToken token)
    {
        TokenClaims claims;
        try
        {
            claims = TokenClaims.Read(Base64UrlEncoder.Decode(token.EncodedPayload));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Refused("The token's payload cannot be read.");
        }

        var now = time.GetUtcNow();
        if (claims.Expires is not { } expires)
        {
            return Refused($"The token never expires: it has no 'exp'. Have {issuer.Url} issue tokens that do.");
        }

        // Moments near the end of the calendar have no room for a minute more.
        if (now - expires >= Issuer.Skew)
        {
            return Refused(
                $"The token has expired at {Say(expires)}; by the suite's clock it is {Say(now)}. Get another from {issuer.Url}."
            );
        }

        if (claims.NotBefore is { } from && from - now > Issuer.Skew)
        {
            return Refused(
                $"The token is not good before {Say(from)}, and by the suite's clock it is {Say(now)}. "
                    + $"One of the two clocks is wrong: the suite's, or that of {issuer.Url}."
            );
        }

        var (caller, fault) = TokenCaller.Of(issuer, claims, expires > now ? expires : expires + Issuer.Skew);
        return caller is null ? Refused(fault) : (caller, null);
    }

    private static string WordsOf(Exception exception, JsonWebToken token, IssuerInForce found)
    {
        var issuer = found.Issuer;
        return exception switch
        {
            SecurityTokenInvalidAudienceException =>
                $"The token is for '{Trailers.Echo(string.Join(", ", token.Audiences))}', and this suite takes tokens for "
                    + $"'{issuer.Audience}'. "
                    + $"Ask {issuer.Url} for one.",
            SecurityTokenInvalidIssuerException =>
                $"The token is of the issuer '{Trailers.Echo(token.Issuer)}', which calls itself '{found.Keys.Last?.Issuer}'.",
            SecurityTokenSignatureKeyNotFoundException =>
                $"The token is signed with the key '{Trailers.Echo(token.Kid)}', which {issuer.Url} does not publish."
                    + (
                        found.Keys.Problem.Length > 0
                            ? " It cannot be reached now: if the key is new, send the same again in 10 s."
                            : " Get another."
                    ),
            _ => $"The token's signature is not one of {issuer.Url}: it was changed, or made by somebody else. Get another.",
        };
    }

    private static (TokenCaller?, RpcException?) Refused(string message) =>
        (null, Fault.Of(StatusCode.Unauthenticated, ErrorReason.Unauthenticated, message));

    private static string Say(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
