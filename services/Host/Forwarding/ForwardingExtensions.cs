using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Tls;

namespace EarlyWarning.Host.Forwarding;

/// <summary>Makes each process of a suite answer every call of the suite.</summary>
internal static class ForwardingExtensions
{
    /// <summary>Adds what forwards. Needs the processes of the store and the suite's authority.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services, SuiteOptions options, TlsCertificates? tls) =>
        services.AddHttpForwarder().AddSingleton<PeerClient>().AddSingleton(new PeerTransformer(options, tls));

    /// <summary>Forwards what is mapped by <see cref="MapElsewhere"/>. It stands before what judges callers.</summary>
    public static IApplicationBuilder UseForwarding(this IApplicationBuilder app) => app.UseMiddleware<Forwarder>();

    /// <summary>Shows calls that come by another process as they reached that one.</summary>
    public static IApplicationBuilder UsePeerCalls(this IApplicationBuilder app, TlsCertificates? tls) =>
        app.Use(
            (context, next) =>
            {
                if (PeerConnection.Is(context))
                {
                    PeerConnection.Restore(context, tls);
                }

                return next(context);
            }
        );

    /// <summary>Maps everything that a service serves which does not run here.</summary>
    public static void MapElsewhere(this IEndpointRouteBuilder app, Module module)
    {
        ForwardedService elsewhere = new(module.Name);
        foreach (var service in module.Serves)
        {
            service.MapElsewhere(app, elsewhere);
        }

        foreach (var page in module.Pages)
        {
            // Never reached: what stands before the endpoints has forwarded the call, or answered it.
            app.Map(page, () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable)).WithMetadata(elsewhere);
        }
    }
}
