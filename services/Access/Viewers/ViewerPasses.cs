using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Sealing;
using EarlyWarning.ServiceDefaults.Callers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Viewers;

/// <summary>
/// Has the suite's own pages call in the name of whoever looks at them: a pass says by what they were let in, sealed so that nobody else
/// can make one. Each process that is called asks the rules in force what its bearer may. It is good with the suite's own key alone.
/// Thread-safe.
/// </summary>
internal sealed class ViewerPasses(ApiKeys keys, AccessFile file, SessionKeys sessions, TimeProvider time)
{
    private const string Claim = "ew-viewer";
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);

    /// <summary>Seals by what a caller was let in; empty where nobody is asked.</summary>
    public string Issue(HttpContext context)
    {
        if (context.Features.Get<ViewerProof>() is not { } proof)
        {
            return "";
        }

        var latest = time.GetUtcNow() + s_longest;
        return Protector.Protect((proof with { Ends = proof.Ends < latest ? proof.Ends : latest }).Write());
    }

    /// <summary>Gives a user the pass of their page.</summary>
    public void Give(HttpContext context)
    {
        if (Issue(context) is { Length: > 0 } pass)
        {
            context.User.AddIdentity(new ClaimsIdentity([new Claim(Claim, pass)]));
        }
    }

    /// <summary>The pass that a user was given; empty for none.</summary>
    public static string Of(ClaimsPrincipal user) => user.FindFirstValue(Claim) ?? "";

    /// <summary>What the bearer of a pass may by now, under which name; <see langword="null"/> where they are let in no longer.</summary>
    public AdmittedCaller? Find(string pass)
    {
        if (pass.Length == 0)
        {
            return null;
        }

        try
        {
            return ViewerProof.Read(Protector.Unprotect(pass)) is { } proof && proof.Ends > time.GetUtcNow() ? Admit(proof) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Lets the bearer of the pass that a call shows in, in place of the suite itself.</summary>
    /// <param name="context">The call.</param>
    /// <param name="scheme">The scheme that has found the suite's own proof.</param>
    /// <param name="principal">The bearer; <see langword="null"/> where the pass does not hold.</param>
    /// <returns>Whether the call shows a pass.</returns>
    public bool Try(HttpContext context, string scheme, out ClaimsPrincipal? principal)
    {
        principal = null;
        if (context.Request.Headers[IViewer.PassKey] is not [{ } pass])
        {
            return false;
        }

        if (Find(pass) is { } viewer)
        {
            context.Features.Set(viewer.Grants);
            context.Features.Set(viewer.Admission);
            principal = new(new ClaimsIdentity([new(ClaimTypes.Name, viewer.Name)], scheme));
        }

        return true;
    }

    private IDataProtector Protector => sessions.Provider.CreateProtector("viewers");

    private AdmittedCaller? Admit(ViewerProof proof) =>
        proof.Kind switch
        {
            ProofKind.Key => keys.FindById(proof.Of) is { } key && !keys.HasExpired(key) ? AdmittedCaller.ByKey(key, keys) : null,
            ProofKind.Token => file.InForce.Find(proof.Of)?.Issuer is { } issuer
            && TokenCaller.Of(issuer, TokenClaims.Read(proof.Claims), proof.Ends).Caller is { } caller
                ? AdmittedCaller.ByToken(caller, file, time)
                : null,
            _ => AdmittedCaller.ByCertificate(proof.Of, file, keys, time),
        };
}
