namespace EarlyWarning.Store.Databases;

/// <summary>Whose fault an error of the database is.</summary>
internal enum StoreFault
{
    /// <summary>The unit's own: it breaks a constraint, or its statement is wrong. Others are not concerned.</summary>
    Unit = 0,

    /// <summary>The database's, of this moment: full, busy, read-only. The session is still good.</summary>
    Store,

    /// <summary>Nobody's: another process was at the same rows, and nothing happened. It is tried again.</summary>
    Turn,

    /// <summary>The session's: it is lost, and what it was doing is not known.</summary>
    Session,
}
