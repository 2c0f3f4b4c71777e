using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>Tokens that no issuer would make, or not so.</summary>
internal static class Forged
{
    /// <summary>A token as the issuer signs it, but for what the test changes.</summary>
    public static string Token(
        TestIssuer issuer,
        Action<JsonObject>? change = null,
        RsaSecurityKey? key = null,
        string? keyId = null,
        string? algorithm = null
    )
    {
        var used = key ?? issuer.Key;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = $"{issuer.Url}/",
            ["aud"] = TestIssuer.Audience,
            ["sub"] = "7f3a",
            ["preferred_username"] = "amina",
            ["groups"] = new JsonArray("desk"),
            ["exp"] = now + 600,
        };
        change?.Invoke(payload);
        var header = new JsonObject
        {
            ["alg"] = algorithm ?? "RS256",
            ["kid"] = keyId ?? used.KeyId,
            ["typ"] = "at+jwt",
        };
        var signed = $"{Encode(header)}.{Encode(payload)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "none" => [],

            // The public key is known to everybody, so whoever takes it for a secret takes anybody's token.
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(used.Rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => used.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
