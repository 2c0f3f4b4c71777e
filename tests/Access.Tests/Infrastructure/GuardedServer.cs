using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Names;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Access.Tests.Infrastructure;

/// <summary>The server of ServiceDefaults' tests, with what learns who calls before its services.</summary>
internal static class GuardedServer
{
    /// <summary>Starts it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="keys">Whom it lets in; <see langword="null"/> for everybody.</param>
    /// <param name="names">By which names it is called; <see langword="null"/> for loopback alone.</param>
    /// <param name="certificates">How it knows callers by their certificates; <see langword="null"/> where they need none.</param>
    /// <param name="shown">The certificate of every connection.</param>
    /// <param name="rules">Whom it lets in because others vouch for them; <see langword="null"/> for nobody.</param>
    /// <param name="sessions">The folder of the keys of sessions; <see langword="null"/> where nobody signs in.</param>
    /// <param name="map">Maps further endpoints.</param>
    /// <param name="time">Its clock; <see langword="null"/> for the machine's.</param>
    public static Task StartAsync(
        this SmallServer server,
        ApiKeys? keys,
        ServedNames? names = null,
        CallerCertificates? certificates = null,
        X509Certificate2? shown = null,
        AccessFile? rules = null,
        string? sessions = null,
        Action<IEndpointRouteBuilder>? map = null,
        TimeProvider? time = null
    ) =>
        server.StartAsync(
            builder =>
                builder
                    .At(time)
                    .AddAccess(
                        keys ?? new(file: null),
                        rules ?? new(null, TimeProvider.System),
                        sessions ?? Path.Combine(Path.GetTempPath(), "never"),
                        names ?? ServedNames.Loopback,
                        certificates
                    ),
            names: app =>
            {
                ((WebApplication)app).MapGet("/who", (HttpContext context) => context.User.Identity?.Name);
                app.Use(
                        (context, next) =>
                        {
                            context.Connection.ClientCertificate = shown;
                            return next(context);
                        }
                    )
                    .UseServedNames();
            },
            callers: app =>
            {
                app.UseAccess();
                map?.Invoke((IEndpointRouteBuilder)app);
            }
        );

    private static WebApplicationBuilder At(this WebApplicationBuilder builder, TimeProvider? time)
    {
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        return builder;
    }
}
