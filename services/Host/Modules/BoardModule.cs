using EarlyWarning.Board;

namespace EarlyWarning.Host.Modules;

/// <summary>The operators' page: a client of the suite's own gRPC address.</summary>
internal static class BoardModule
{
    public const string Name = "board";

    public static Module Module { get; } =
        new(Name, Add: suite => suite.Services.AddBoard(new(suite.Own.Connect)), Map: app => app.MapBoard())
        {
            Pages = BoardExtensions.Paths,
        };
}
