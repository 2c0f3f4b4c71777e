using Microsoft.AspNetCore.DataProtection;

namespace EarlyWarning.Access.Sealing;

/// <summary>
/// The keys that seal sessions and what pages call by, in a folder that nobody but the suite's account may read, made when a page is first
/// opened. Without them, sessions are over and people sign in anew. Where several processes serve one suite, what they all know takes the
/// folder's place.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="secret">What all processes of the suite know; <see langword="null"/> where there is one.</param>
internal sealed class SessionKeys(string folder, Func<string>? secret)
{
    private const string Application = "early-warning";
    private readonly Lazy<IDataProtectionProvider> _provider = new(() => secret is null ? Open(folder) : new SharedProtection(secret));

    /// <summary>Gets what seals by them.</summary>
    public IDataProtectionProvider Provider => _provider.Value;

    private static IDataProtectionProvider Open(string folder)
    {
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var directory = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Own);
        if (!OperatingSystem.IsWindows())
        {
            // One that was there before may have any mode.
            File.SetUnixFileMode(folder, Own);
        }

        return DataProtectionProvider.Create(directory, keys => keys.SetApplicationName(Application));
    }
}
