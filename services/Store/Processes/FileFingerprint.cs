using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Store.Processes;

/// <summary>What stands for the content of a file that processes go by.</summary>
public static class FileFingerprint
{
    /// <summary>The first twelve hexadecimal digits of the content's SHA-256; <c>none</c> where there is no file.</summary>
    public static string Of(string? content) =>
        content is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12];
}
