using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Watching;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Cli.Commands;

/// <summary>Prints what a watch carries, up to a number of changes, and notes how it fares.</summary>
internal sealed class WatchPrint(CommandContext context, int limit) : IWatchListener
{
    private int _shown;

    public Task RunAsync<T>(Watched<T> watched, CancellationToken cancellation) =>
        new Watcher(context.Settings, context.Terminal.Time, TimeSpan.FromSeconds(10)).RunAsync(watched, "", this, cancellation);

    /// <summary>Prints the changes, and says whether there may be more.</summary>
    public bool Each<T>(IReadOnlyCollection<T> changes, Action<T> word)
        where T : IMessage
    {
        Standing(changes, word);
        _shown += changes.Count;
        return _shown < limit;
    }

    /// <summary>Prints how it stands, which is no change.</summary>
    public void Standing<T>(IReadOnlyCollection<T> all, Action<T> word)
        where T : IMessage
    {
        foreach (var one in all)
        {
            context.Show(one, word);
        }

        context.Terminal.Out.Flush();
    }

    public void Connected(bool again)
    {
        if (again)
        {
            context.Print.Note("ew: connected again.");
        }
    }

    public void Lost(RpcException? why, TimeSpan wait) =>
        context.Print.Note($"ew: the connection ended; trying again in {wait.TotalSeconds:0.#} s.");

    public void Missed() => context.Print.Note("ew: changes were missed for longer than the suite keeps them; this is how it stands now.");
}
