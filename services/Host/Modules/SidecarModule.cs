using EarlyWarning.Host.Options;
using EarlyWarning.Sidecar;
using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Host.Modules;

/// <summary>
/// What carries events between the processes of a suite on one machine without daprd: in a process of its own, because it serves Dapr's API
/// for every app id and outlives the apps. A suite that is one process has it within.
/// </summary>
internal static class SidecarModule
{
    public static Module Module { get; } =
        new(
            ServiceNames.Sidecar,
            Add: suite =>
                suite.Services.AddSidecar(
                    DaprFiles.Sidecar(suite.Options) with
                    {
                        Apps =
                        [
                            .. suite.Options.Dapr.Select(one => new SidecarApp(
                                one.AppId,
                                one.AppPorts,
                                one.ApiToken,
                                one.AppToken,
                                one.Grpc.Port,
                                one.Http.Port
                            )),
                        ],
                    }
                ),
            Map: _ => { }
        )
        {
            ReadyBy = [SidecarServices.Check],
        };
}
