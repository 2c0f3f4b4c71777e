using System.Security.Cryptography;
using System.Text;

namespace EarlyWarning.Store.Databases;

/// <summary>The SQL function <c>audit_hash</c>, which a file has from here and a server from its tables' migrations.</summary>
public static class AuditHash
{
    /// <summary>The hash of an entry of the audit.</summary>
    /// <param name="before">The hash of the one before it.</param>
    /// <param name="entry">The entry's text.</param>
    public static string Of(string before, string entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{entry}")));
}
