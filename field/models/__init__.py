"""Tables and select builders; importing this room registers every table on ``Base.metadata``."""

from field.models.assignment import Assignment
from field.models.audit import AuditEntry
from field.models.base import Base, new_id
from field.models.job import Job
from field.models.link import OneTimeLink
from field.models.passkey import Challenge, Passkey
from field.models.person import DeviceSession, Person, PersonRole, Throttle
from field.models.photo import Photo, PhotoUse
from field.models.questionnaire import QuestionnaireVersion
from field.models.reference_photo import ReferencePhoto
from field.models.region import Region, RegionTree
from field.models.review import Review, ReviewReason
from field.models.revision import Chain, Draft, Receipt, RefusedCopy, Revision
from field.models.scope import Scope
from field.models.second_factor import RecoveryCode, SecondFactor
from field.models.site import Site
from field.models.visit import DIMENSIONS, Answer, Visit

__all__ = [
    "DIMENSIONS", "Answer", "Assignment", "AuditEntry", "Base", "Chain", "Challenge", "DeviceSession", "Draft",
    "Job", "OneTimeLink", "Passkey", "Person", "PersonRole", "Photo", "PhotoUse", "QuestionnaireVersion", "Receipt",
    "RecoveryCode", "ReferencePhoto", "RefusedCopy", "Region", "RegionTree", "Review", "ReviewReason", "Revision", "Scope",
    "SecondFactor", "Site", "Throttle", "Visit", "new_id",
]
