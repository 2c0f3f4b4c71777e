using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Readme;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>
/// A partner's folder, as the guide tells to make it: the samples' files, with the packages that they need, and the compilers on the path.
/// </summary>
public sealed partial class ClientFolder : IAsyncLifetime
{
    private static readonly string s_samples = Path.Combine(Repository.Root, "samples", "clients");
    private static readonly string s_protoc = Path.Combine(
        GrpcTools(),
        "tools",
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux_arm64" : "linux_x64"
    );

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets google/protobuf, which every compiler brings itself; the build's has it in another folder of its package.</summary>
    public static string OwnIncludes { get; } = Path.Combine(GrpcTools(), "build", "native", "include");

    public async ValueTask InitializeAsync()
    {
        var packages = Path.Combine(s_samples, "node_modules");
        if (!File.Exists(Path.Combine(packages, ".bin", "openapi-typescript")))
        {
            // npm install and not ci: the lock names no package of platforms that a registry may not hold.
            await Shell.RunAsync("timeout 300 npm install --no-save --no-fund --no-audit --silent", s_samples);
        }

        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "node_modules"), packages);
        foreach (var file in Directory.GetFiles(s_samples))
        {
            File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs what a partner types there, against a suite's ports in place of the usual ones.</summary>
    public Task<string> RunAsync(string script, PartnerSuite partners)
    {
        foreach (var file in Directory.GetFiles(_folder.Path, "*.?s").Concat(Directory.GetFiles(_folder.Path, "*.mjs")))
        {
            File.WriteAllText(file, There(File.ReadAllText(file), partners));
        }

        var path = string.Join(':', Path.Combine(s_samples, "node_modules", ".bin"), s_protoc, Environment.GetEnvironmentVariable("PATH"));
        return Shell.RunAsync(There(script, partners), _folder.Path, ("PATH", path));
    }

    // An exercise's country is none of an actual suite.
    private static string There(string text, PartnerSuite partners) =>
        text.Replace("127.0.0.1:5050", $"127.0.0.1:{partners.Suite.HttpPort}", StringComparison.Ordinal)
            .Replace("127.0.0.1:5051", $"127.0.0.1:{partners.Suite.GrpcPort}", StringComparison.Ordinal)
            .Replace("XAQ", "KEN", StringComparison.Ordinal);

    private static string GrpcTools()
    {
        var version = Version().Match(Repository.Read("Directory.Packages.props")).Groups["version"].Value;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Path.Combine(packages, "grpc.tools", version);
    }

    [GeneratedRegex("""Include="Grpc\.Tools" Version="(?<version>[^"]+)""")]
    private static partial Regex Version();
}
