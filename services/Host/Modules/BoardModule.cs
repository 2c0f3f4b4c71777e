using EarlyWarning.Board;
using EarlyWarning.Host.Options;

namespace EarlyWarning.Host.Modules;

/// <summary>The operators' page: a client of the suite's own gRPC address.</summary>
internal static class BoardModule
{
    public static Module Module { get; } =
        new(ServiceNames.Board, Add: suite => suite.Services.AddBoard(new(suite.Own.Connect)), Map: app => app.MapBoard())
        {
            Pages = BoardExtensions.Paths,
        };
}
