using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>
/// A real issuer: OpenIddict, which signs tokens for clients and signs people in by the code flow. Whoever asks is who they say, and gets
/// what the test has put into <see cref="Claims"/>.
/// </summary>
/// <param name="key">Which of some keys it signs by. They are made once: that takes long.</param>
public sealed class TestIssuer(int key = 0) : IAsyncDisposable
{
    public const string Audience = "early-warning";

    private static readonly RSA[] s_keys = [RSA.Create(2048), RSA.Create(2048), RSA.Create(2048)];
    private static readonly RsaSecurityKey s_encryption = new(RSA.Create(2048));
    private static readonly HttpClient s_http = new();
    private int _asked;
    private int _port;
    private WebApplication? _app;

    /// <summary>Gets the claims of whoever asks next, beside the subject.</summary>
    public Dictionary<string, string> Claims { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets who asks next.</summary>
    public string Subject { get; set; } = "7f3a";

    /// <summary>Gets or sets the groups of whoever asks next.</summary>
    public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>Gets or sets for whom the next token is.</summary>
    public string For { get; set; } = Audience;

    /// <summary>Gets or sets how long the next token is good.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets the key by which it signs.</summary>
    public RsaSecurityKey Key { get; private set; } = NewKey(key);

    /// <summary>Gets how often its discovery document was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Gets its address, without a slash at the end.</summary>
    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Starts it, on the same address as before where it was stopped.</summary>
    public async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("token").SetAuthorizationEndpointUris("authorize").SetEndSessionEndpointUris("end");
                server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.EnableDegradedMode().DisableAccessTokenEncryption().AddSigningKey(Key).AddEncryptionKey(s_encryption);
                server.RegisterScopes(OpenIddictConstants.Scopes.Profile);
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<ValidateAuthorizationRequestContext>(one => one.UseInlineHandler(_ => default));
                server.AddEventHandler<ValidateTokenRequestContext>(one => one.UseInlineHandler(_ => default));
                server.AddEventHandler<ValidateEndSessionRequestContext>(one => one.UseInlineHandler(_ => default));
                server.AddEventHandler<HandleAuthorizationRequestContext>(one =>
                    one.UseInlineHandler(context =>
                    {
                        context.SignIn(Principal());
                        return default;
                    })
                );
                server.AddEventHandler<HandleTokenRequestContext>(one =>
                    one.UseInlineHandler(context =>
                    {
                        context.SignIn(context.AuthorizationCodePrincipal ?? Principal());
                        return default;
                    })
                );
                server.AddEventHandler<HandleEndSessionRequestContext>(one =>
                    one.UseInlineHandler(context =>
                    {
                        context.SignOut();
                        return default;
                    })
                );
            });
        _app = builder.Build();
        _app.Use(
            (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments("/.well-known/openid-configuration", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _asked);
                }

                return next(context);
            }
        );
        _app.UseAuthentication();
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return this;
    }

    /// <summary>Stops it, as one that cannot be reached.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }

    /// <summary>Has it sign by another key from now on, and publish that alone.</summary>
    public void Roll()
    {
        Key = OtherKey();
        var signing = _app!.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.SigningCredentials;
        signing.Clear();
        signing.Add(new(Key, SecurityAlgorithms.RsaSha256));
    }

    /// <summary>A token, by the flow of client credentials.</summary>
    public async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Subject,
                ["client_secret"] = "any",
            }
        );
        using var answer = await s_http.PostAsync(new Uri($"{Url}/token"), form);
        var json = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, json);
        return JsonDocument.Parse(json).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>A key that no issuer has from its start.</summary>
    public static RsaSecurityKey OtherKey() => NewKey(2);

    public async ValueTask DisposeAsync() => await StopAsync();

    private static RsaSecurityKey NewKey(int key) => new(s_keys[key]) { KeyId = Guid.NewGuid().ToString("n") };

    private ClaimsPrincipal Principal()
    {
        var identity = new ClaimsIdentity("test", "preferred_username", "role");
        identity.AddClaim(new(OpenIddictConstants.Claims.Subject, Subject));
        foreach (var (name, value) in Claims)
        {
            identity.AddClaim(new(name, value));
        }

        foreach (var group in Groups)
        {
            identity.AddClaim(new("groups", group));
        }

        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile);
        principal.SetResources(For);
        principal.SetAccessTokenLifetime(Lifetime);
        principal.SetIdentityTokenLifetime(Lifetime);
        identity.SetDestinations(static _ =>
            [OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken]
        );
        return principal;
    }
}
