using System.CommandLine.Parsing;

namespace EarlyWarning.Host.Options;

/// <summary>Reads what <c>--store</c> names.</summary>
internal static class StoreArgument
{
    /// <summary>Takes a connection string, or the file that holds one; a password on the command line is refused.</summary>
    public static string? Parse(ArgumentResult result)
    {
        var given = result.Tokens[0].Value;
        if (!given.Contains('=', StringComparison.Ordinal))
        {
            if (File.Exists(given))
            {
                return File.ReadAllText(given).Trim();
            }

            result.AddError(
                $"--store takes a connection string such as \"Host=db.example;Database=early_warning;Username=ew\", or a file that holds "
                    + $"one; there is no file {given}."
            );
            return null;
        }

        if (Settings(given).Any(name => name is "PASSWORD" or "PWD" or "PSW" or "SSLPASSWORD"))
        {
            result.AddError(
                "--store must not hold a password: every user of this machine could read it. Put the connection string into EW_STORE or "
                    + "a file that --store names, or the password into a PGPASSFILE."
            );
            return null;
        }

        return given;
    }

    private static IEnumerable<string> Settings(string connection) =>
        connection.Split(';').Select(part => part.Split('=')[0].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());
}
