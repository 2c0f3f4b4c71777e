using EarlyWarning.Contracts.Breaches;

namespace EarlyWarning.Contracts.Cases;

/// <summary>All cases. Key: 0.</summary>
public interface ICaseDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Gets a case by name, or <see langword="null"/>.</summary>
    Task<V1.Case?> GetAsync(string name);

    /// <summary>Lists cases: open ones by due time, then closed ones, newest first; with the position of the newest change.</summary>
    Task<Register<V1.Case>> ListAsync(V1.ListCasesRequest filter, int skip, int take);
}
