using EarlyWarning.Access.Issuers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace EarlyWarning.Access.Sessions;

/// <summary>Has people sign in by the issuer that the rules in force name, and by none while they name none.</summary>
internal sealed class SignInScheme(
    AccessFile file,
    IAuthenticationSchemeProvider schemes,
    IOptionsMonitorCache<OpenIdConnectOptions> options
)
{
    public const string Name = "SignIn";

    private Issuer? _followed;

    /// <summary>Follows the rules. Not for two threads at once.</summary>
    public void Follow()
    {
        var issuer = file.InForce.SignIn?.Issuer;
        if (issuer == _followed)
        {
            return;
        }

        schemes.RemoveScheme(Name);
        options.TryRemove(Name);
        if (issuer is not null)
        {
            schemes.AddScheme(new(Name, null, typeof(OpenIdConnectHandler)));
        }

        _followed = issuer;
    }
}
