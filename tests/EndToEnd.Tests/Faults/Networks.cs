using System.Diagnostics;

namespace EarlyWarning.EndToEnd.Tests.Faults;

/// <summary>
/// Networks of this machine's kernel, one a process, joined by a bridge: what one sends another can be made to reach nobody, without a word
/// to either, as a partition does. Needs root and iproute2.
/// </summary>
internal sealed class Networks : IAsyncDisposable
{
    /// <summary>Where the store is reached, and nothing else.</summary>
    public const string Store = "10.77.0.254";

    /// <summary>Where everything is that has no network of its own.</summary>
    public const string Outside = "10.77.0.253";

    // No network card has it.
    private const string Nobody = "02:00:00:00:00:99";
    private readonly string _name = $"ew{Environment.ProcessId}";
    private readonly int _count;

    private Networks(int count) => _count = count;

    /// <summary>Whether this machine lets this process make networks.</summary>
    public static bool ArePossible => Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/ip");

    public static async Task<Networks> CreateAsync(int count)
    {
        var networks = new Networks(count);
        await networks.MakeAsync();
        return networks;
    }

    /// <summary>The name of the nth network, from 0: a process is started in it by <c>ip netns exec</c>.</summary>
    public string Of(int n) => $"{_name}-{n}";

    /// <summary>The address of the nth network.</summary>
    public static string Address(int n) => $"10.77.0.{n + 11}";

    /// <summary>Lets nothing from a network reach an address.</summary>
    public Task CutAsync(int from, string to) =>
        IpAsync("-n", Of(from), "neigh", "replace", to, "lladdr", Nobody, "nud", "permanent", "dev", "eth0");

    /// <summary>Ends what <see cref="CutAsync"/> did.</summary>
    public Task HealAsync(int from, string to) => IpAsync("-n", Of(from), "neigh", "del", to, "dev", "eth0");

    public async ValueTask DisposeAsync()
    {
        for (var n = 0; n < _count; n++)
        {
            await IpAsync("netns", "del", Of(n));
        }

        await IpAsync("link", "del", _name);
    }

    private async Task MakeAsync()
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        foreach (var address in new[] { Store, Outside })
        {
            await IpAsync("addr", "add", $"{address}/24", "dev", _name);
        }

        await IpAsync("link", "set", _name, "up");
        for (var n = 0; n < _count; n++)
        {
            await IpAsync("netns", "add", Of(n));
            await IpAsync("link", "add", $"{_name}v{n}", "type", "veth", "peer", "name", "eth0", "netns", Of(n));
            await IpAsync("link", "set", $"{_name}v{n}", "master", _name, "up");
            await IpAsync("-n", Of(n), "addr", "add", $"{Address(n)}/24", "dev", "eth0");
            await IpAsync("-n", Of(n), "link", "set", "eth0", "up");
            await IpAsync("-n", Of(n), "link", "set", "lo", "up");
        }
    }

    private static async Task IpAsync(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("/usr/sbin/ip", arguments) { RedirectStandardError = true })!;
        var error = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        Assert.True(ip.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {error}");
    }
}
