using System.Security.Cryptography;
using EarlyWarning.Host.Modules;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Status;
using EarlyWarning.Messaging.Sidecars;
using EarlyWarning.Sidecar;
using EarlyWarning.Sidecar.Configuration;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Host.Composition;

/// <content>What stands in for daprd where the suite is one process.</content>
public sealed partial class SuiteHost
{
    private async Task StartSidecarAsync(
        SuiteOptions options,
        SuiteAddresses addresses,
        DaprEndpoints endpoints,
        CancellationToken cancellationToken
    )
    {
        var (daprToken, appToken) = (RandomNumberGenerator.GetHexString(32), RandomNumberGenerator.GetHexString(32));
        var sidecar = _parts.Keep(
            "The sidecar",
            await SidecarHost.StartAsync(
                DaprFiles.Sidecar(options) with
                {
                    IsAlone = true,
                    Apps =
                    [
                        .. addresses.AppIds.Select(id => new SidecarApp(
                            id,
                            addresses.AppPort(id) is > 0 and var port ? [port] : [],
                            daprToken,
                            appToken
                        )),
                    ],
                },
                App.Services.GetRequiredService<IJournals>(),
                App.Services.GetRequiredService<TimeProvider>(),
                App.Services.GetRequiredService<ILoggerFactory>(),
                cancellationToken
            )
        );
        foreach (var endpoint in sidecar.Endpoints)
        {
            endpoints.Connect(
                new(endpoint.App.AppId, endpoint.Grpc, endpoint.Http, endpoint.App.AppPorts is [var port] ? port : 0, daprToken, appToken)
            );
        }

        App.Services.GetRequiredService<DeliveryLines>().Watch(sidecar);
    }
}
