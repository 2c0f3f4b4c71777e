using System.Net;
using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;

namespace EarlyWarning.Host.Composition;

/// <summary>Who may reach the suite.</summary>
internal static class SuiteAccess
{
    /// <summary>
    /// The keys of the data folder, and the callers whom others vouch for. Without a file of either, and without certificates of callers,
    /// the suite is open, which it may be on loopback alone.
    /// </summary>
    /// <exception cref="StartException">It would listen beyond loopback and let everybody in, or a file is not there or has
    /// faults.</exception>
    public static (ApiKeys Keys, AccessFile Rules) Decide(SuiteOptions options, DataFolder folder)
    {
        // Whoever names a file means that not everybody is let in, or that somebody is told.
        CheckNamed("--access", "EW_ACCESS", options.Access, "Name the file with its folder");
        CheckNamed(
            "--keys",
            "EW_KEYS",
            options.Keys,
            $"Make a key with 'keys add NAME --role ROLE --keys {options.Keys}', name the file with its folder"
        );
        CheckNamed("--directory", "EW_DIRECTORY", options.Directory, "Name the file with its folder");
        CheckNamed("--ladder", "EW_LADDER", options.Ladder, "Name the file with its folder");
        var keys = Read(
            options.Keys is { } given ? Path.GetFullPath(given) : Path.Combine(folder.Path, DataFolder.KeysFile),
            file => new ApiKeys(new(file, TimeProvider.System))
        );
        var rules = Read(
            options.Access is { } named ? Path.GetFullPath(named) : Path.Combine(folder.Path, DataFolder.RulesFile),
            file => new AccessFile(file, TimeProvider.System)
        );
        return keys.IsOpen && rules.IsAbsent && options.Tls?.ClientCa is null && Beyond(options) is { } open
            ? throw new StartException(
                $"{open} is beyond loopback, and neither an API key nor {DataFolder.RulesFile} exists: everybody could call. Make a key "
                    + $"with "
                    + $"'keys add NAME --role ROLE {(options.Keys is { } file ? $"--keys {file}" : $"--data {options.Folder}")}', ask "
                    + $"callers for certificates with --tls-client-ca, or listen on 127.0.0.1."
            )
            : (keys, rules);
    }

    private static void CheckNamed(string option, string variable, string? file, string remedy)
    {
        if (file is not null && !File.Exists(file))
        {
            throw new StartException($"{option} {file} is not there. {remedy}, or leave the option, and {variable}, out.");
        }
    }

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"{file} cannot be read: {exception.Message} It belongs to the account that the suite runs as.",
                exception
            );
        }
    }

    /// <summary>An address on which others than this machine reach the suite; <see langword="null"/> where there is none.</summary>
    public static IPEndPoint? Beyond(SuiteOptions options) =>
        new[] { options.Http, options.Grpc }.FirstOrDefault(endpoint => !IPAddress.IsLoopback(endpoint.Address));
}
